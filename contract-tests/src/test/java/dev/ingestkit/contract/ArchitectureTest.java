package dev.ingestkit.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
        packages = "dev.ingestkit",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OwnClasses.class})
class ArchitectureTest {

    private static final int MAX_COMPONENTS = 8;

    /** Leaves out the libraries that are parts of the modules' jars under names of their own. */
    static final class OwnClasses implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/local/http/netty/") && !location.contains("/local/store/h2/");
        }
    }

    @ArchTest
    static final ArchRule coreDependsOnNeitherAwsNorOtherModules = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon..",
                    "com.amazonaws..",
                    "dev.ingestkit.handlers..",
                    "dev.ingestkit.local..",
                    "dev.ingestkit.cli..");

    @ArchTest
    static final ArchRule handlersDependOnNeitherToolNorRuntime = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.handlers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ingestkit.local..", "dev.ingestkit.cli..");

    @ArchTest
    static final ArchRule theRuntimeDependsOnNoHandler = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ingestkit.handlers..", "dev.ingestkit.core..", "dev.ingestkit.cli..");

    @ArchTest
    static final ArchRule theRuntimeUsesNoSdk = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule theTestkitDependsOnNeitherToolNorHandlers = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ingestkit.cli..", "dev.ingestkit.handlers..", "dev.ingestkit.core..");

    @ArchTest
    static final ArchRule theToolDependsOnNoHandler = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ingestkit.handlers..");

    @ArchTest
    static final ArchRule theAuthorizerHasNoSdk = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.handlers.authorizer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon..", "com.fasterxml.jackson.databind..", "dev.ingestkit.handlers.writer..");

    @ArchTest
    static final ArchRule packagesOfTheRuntimeHaveNoCycles = slices().assignedFrom(
                    new PackagesBelow("dev.ingestkit.local"))
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheToolHaveNoCycles = slices().assignedFrom(new PackagesBelow("dev.ingestkit.cli"))
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheCoreHaveNoCycles =
            slices().matching("dev.ingestkit.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modulesOfTheRuntimeDependAsTheirTableSays =
            classes().that().resideInAPackage("dev.ingestkit.local..").should(RuntimeModules.dependAsTheTableSays());

    @ArchTest
    static final ArchRule nothingOutsideUsesInternalsOfTheRuntime = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ingestkit.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RuntimeModules.internals());

    /** Wiring implements nothing that it hands to other parts: an adapter belongs beside what it adapts. */
    @ArchTest
    static final ArchRule wiringOnlyConstructs = noClasses()
            .that()
            .resideInAPackage("dev.ingestkit.local.wiring..")
            .should()
            .implement(DescribedPredicate.describe(
                    "an interface of another part of the runtime",
                    type -> type.getPackageName().startsWith("dev.ingestkit.local.")
                            && !type.getPackageName().startsWith("dev.ingestkit.local.wiring")));

    /** Tools that skip build output skip a package of that name. */
    @ArchTest
    static final ArchRule noPackageIsCalledTarget = noClasses().should().resideInAPackage("..target..");

    @ArchTest
    static final ArchRule packagesAreSmallEnoughToSurvey =
            classes().should(RuntimeModules.resideInAPackageOfFewFiles());

    /** A record with more components groups some of them under a name. */
    @ArchTest
    static final ArchRule recordsHaveAtMostEightComponents = classes()
            .that()
            .areRecords()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "have at most %d components".formatted(MAX_COMPONENTS),
                    type -> components(type) <= MAX_COMPONENTS)));

    private static long components(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .count();
    }

    @ArchTest
    static final ArchRule gatewayAndMappingReachServicesThroughInterfaces = noClasses()
            .that()
            .resideInAnyPackage("dev.ingestkit.local.gateway..", "dev.ingestkit.local.mapping..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.ingestkit.local.kinesis..",
                    "dev.ingestkit.local.sqs..",
                    "dev.ingestkit.local.s3..",
                    "dev.ingestkit.local.dynamodb..",
                    "dev.ingestkit.local.secrets..",
                    "dev.ingestkit.local.protocol..");

    @ArchTest
    static final ArchRule commandsUseNoSdk = noClasses()
            .that()
            .resideInAnyPackage("dev.ingestkit.cli", "dev.ingestkit.cli.context", "dev.ingestkit.cli.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule classNamesSayWhatTheClassDoes = noClasses()
            .that()
            .doNotHaveSimpleName("SecretsManager") // the service's own name
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "be in a package that is @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    /** One slice for each package at or below a root, the root's own classes included. */
    private record PackagesBelow(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(root) || name.startsWith(root + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "every package of " + root;
        }
    }
}
