package dev.ingestkit.contract;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The modules of the embedded runtime: the packages that each holds, and the modules that each may use. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are made by Set.of
enum RuntimeModules {
    EVENTS(Set.of("events", "journal", "faults", "pattern", "time", "capsule"), Set.of()),
    HTTP(Set.of("http"), Set.of("EVENTS")),
    TEMPLATE(Set.of("template"), Set.of("EVENTS")),
    BOOTSTRAP(Set.of("bootstrap"), Set.of()),
    FUNCTIONS(Set.of("functions"), Set.of("EVENTS", "BOOTSTRAP")),
    STORE(Set.of("store"), Set.of()),
    TABLE(Set.of("table"), Set.of("EVENTS", "STORE")),
    SERVICES(
            Set.of(
                    "protocol",
                    "kinesis",
                    "sqs",
                    "sns",
                    "eventbridge",
                    "secrets",
                    "s3",
                    "sts",
                    "cloudformation",
                    "cloudwatch",
                    "dynamodb"),
            Set.of("EVENTS", "HTTP", "FUNCTIONS", "STORE", "TABLE")),
    GATEWAY(Set.of("gateway"), Set.of("EVENTS", "HTTP", "FUNCTIONS")),
    MAPPING(Set.of("mapping"), Set.of("EVENTS", "FUNCTIONS")),
    CONSOLE(Set.of("console"), Set.of("EVENTS", "HTTP")),
    STATE(Set.of("state"), Set.of("EVENTS", "STORE")),
    RUNTIME(
            Set.of("wiring", "inprocess", "attach", "lambda", "control", "delivery"),
            Set.of(
                    "EVENTS",
                    "HTTP",
                    "TEMPLATE",
                    "FUNCTIONS",
                    "STORE",
                    "TABLE",
                    "SERVICES",
                    "GATEWAY",
                    "MAPPING",
                    "STATE",
                    "CONSOLE"));

    private static final String ROOT = "dev.ingestkit.local";
    private static final int MAX_FILES_IN_A_PACKAGE = 40;

    /** Kinesis has a class for each of its many actions, which are better found together. */
    private static final Set<String> LARGE = Set.of(ROOT + ".kinesis");

    private final Set<String> packages;
    private final Set<String> uses;

    RuntimeModules(Set<String> packages, Set<String> uses) {
        this.packages = packages;
        this.uses = uses;
    }

    /** Returns the packages that only the runtime itself may use, as ArchUnit names them. */
    static String[] internals() {
        return RUNTIME.packages.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    static ArchCondition<JavaClass> dependAsTheTableSays() {
        return new ArchCondition<>("depend as the table of modules says") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                RuntimeModules own = of(type);
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass();
                    boolean allowed = !isOfTheRuntime(used) || own.mayUse(of(used));
                    events.add(new SimpleConditionEvent(type, allowed, dependency.getDescription()));
                }
            }
        };
    }

    static ArchCondition<JavaClass> resideInAPackageOfFewFiles() {
        return new ArchCondition<>("reside in a package of at most %d files".formatted(MAX_FILES_IN_A_PACKAGE)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage holder = type.getPackage();
                List<JavaClass> files = holder.getClasses().stream()
                        .filter(Predicate.not(JavaClass::isNestedClass))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .toList();
                boolean speaksForItsPackage = files.indexOf(type) == 0;
                if (speaksForItsPackage && files.size() > MAX_FILES_IN_A_PACKAGE && !LARGE.contains(holder.getName())) {
                    events.add(SimpleConditionEvent.violated(
                            type, "%s holds %d files".formatted(holder.getName(), files.size())));
                }
            }
        };
    }

    private static boolean isOfTheRuntime(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static RuntimeModules of(JavaClass type) {
        if (type.getPackageName().equals(ROOT)) {
            return RUNTIME;
        }
        String first = type.getPackageName().substring(ROOT.length() + 1).split("\\.", 2)[0];
        Optional<RuntimeModules> module = Arrays.stream(values())
                .filter(candidate -> candidate.packages.contains(first))
                .findFirst();
        return module.orElseThrow(() -> new AssertionError(
                "the package %s belongs to no module: add it to RuntimeModules".formatted(type.getPackageName())));
    }

    private boolean mayUse(RuntimeModules other) {
        return other == this || uses.contains(other.name());
    }
}
