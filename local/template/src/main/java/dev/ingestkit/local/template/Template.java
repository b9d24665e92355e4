package dev.ingestkit.local.template;

import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.RuntimeSupport;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.yaml.YamlSource;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A SAM or CloudFormation template as read from a file. Reading reports problems that no parameter could fix; resolving
 * creates the {@link Stack} for one runtime. Immutable, so that it may be resolved several times, for several ports.
 * Relative paths in the template start from the file's directory.
 */
public final class Template {

    private static final String SAM = "AWS::Serverless-2016-10-31";
    private static final String LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Transform",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Rules",
            "Globals",
            "Resources",
            "Outputs",
            "Hooks");

    private final String name;
    private final Path directory;
    private final String text;
    private final Properties root;
    private final List<Problem> warnings;
    private final List<String> transforms;
    private final RuntimeSupport support;

    private Template(
            String name, Path directory, String text, Properties root, List<Problem> warnings, RuntimeSupport support) {
        this.support = support;
        this.name = name;
        this.directory = directory;
        this.text = text;
        this.root = root;
        this.transforms = transforms(root);
        this.warnings = warnings;
    }

    /**
     * Reads a template in YAML or JSON, or the stacks in the output directory of {@code cdk synth}.
     *
     * @throws TemplateException when the file cannot be read, is not YAML within the limits, or is not a template
     */
    public static Template read(Path file) {
        Location start = new Location(file.toString(), 1, 1, "");
        if (CdkApp.is(file)) {
            return new CdkApp(file).read();
        }
        try {
            if (Files.size(file) > 4L * YamlSource.MAX_CHARACTERS) {
                throw TemplateException.at(
                        start, "the file has %d bytes, which is too large for a template", Files.size(file));
            }
            Path directory =
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
            return of(file.toString(), Files.readString(file), directory);
        } catch (MalformedInputException notUtf8) {
            throw TemplateException.at(start, "the file is not UTF-8");
        } catch (IOException unreadable) {
            throw TemplateException.at(start, "the template cannot be read: %s", unreadable.toString());
        }
    }

    /** Returns whether a path is a template, or an application that the AWS CDK synthesized. */
    public static boolean exists(Path file) {
        return Files.isRegularFile(file) || CdkApp.is(file);
    }

    /**
     * Reads a template from its text.
     *
     * @param file the name of the file in messages
     * @param directory the directory that paths in the template start from
     */
    public static Template of(String file, String text, Path directory) {
        YamlSource.Document document = YamlSource.read(file, text);
        Properties root = Properties.of(document.root());
        Problems problems = new Problems();
        root.node().entries().forEach((section, node) -> {
            if (!SECTIONS.contains(section)) {
                problems.add(new Problem(
                        node.at(),
                        "a template has no section %s; %s".formatted(section, Suggestion.of(section, SECTIONS))));
            }
        });
        problems.throwIfAny();
        root.requiredObject("Resources");
        return new Template(file, directory, text, root, document.warnings(), RuntimeSupport.JAVA);
    }

    /** Returns the same template for a machine that runs other functions than those in Java. */
    public Template on(RuntimeSupport machine) {
        return new Template(name, directory, text, root, warnings, machine);
    }

    /**
     * Resolves the template.
     *
     * @param parameters values by name that replace the defaults
     * @throws TemplateException with every problem found: an unknown or missing parameter or one that breaks its
     *     constraints, an unknown name, a cycle, a value out of its bounds
     */
    public Stack resolve(RuntimeNames names, Map<String, String> parameters) {
        return resolve(names, parameters, Map.of());
    }

    /**
     * Resolves the template against a stack that is deployed elsewhere: references have that stack's names.
     *
     * @param parameters values by name that replace the defaults
     * @param deployed physical ids by logical id, as ListStackResources lists them; a resource that is not among them
     *     is named as in a local stack
     * @throws TemplateException as {@link #resolve(RuntimeNames, Map)}
     */
    public Stack resolve(RuntimeNames names, Map<String, String> parameters, Map<String, String> deployed) {
        List<Problem> found = new ArrayList<>(warnings);
        TemplateContext context = context(names, deployed, found);
        return new StackReader(this, context, parameters).read();
    }

    /** Returns the context of one resolution.
     *
     * @param found receives the warnings
     */
    TemplateContext context(RuntimeNames names, Map<String, String> deployed, List<Problem> found) {
        warnAboutSections(found);
        return new TemplateContext(
                        names,
                        section("Mappings"),
                        directory,
                        transforms.contains(LANGUAGE_EXTENSIONS),
                        deployed,
                        found)
                .on(support)
                .reads(file());
    }

    /** Returns the context of this template as one that another nests. */
    TemplateContext context(RuntimeNames names, TemplateContext parent) {
        return context(names, Map.of(), parent.warnings()).nestedIn(parent).reads(file());
    }

    /** Returns warnings about scalars that may not mean what they say. */
    List<Problem> warnings() {
        return warnings;
    }

    /** Returns the path of the file that the template was read from. */
    Path file() {
        return directory
                .resolve(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
                .normalize();
    }

    Location at() {
        return root.at();
    }

    /** Returns the names of the parameters that accept a value. */
    public Set<String> parameterNames() {
        return section("Parameters").entries().keySet();
    }

    String text() {
        return text;
    }

    String description() {
        return root.text("Description").orElse("");
    }

    boolean isServerless() {
        return transforms.contains(SAM);
    }

    TemplateNode.Mapping section(String name) {
        return root.object(name)
                .map(Properties::node)
                .orElseGet(() -> TemplateNode.Mapping.empty(root.at().child(name)));
    }

    private void warnAboutSections(List<Problem> found) {
        root.node("Hooks").ifPresent(node -> found.add(new Problem(node.at(), "Hooks are not run locally")));
        for (String transform : transforms) {
            if (!transform.equals(SAM) && !transform.equals(LANGUAGE_EXTENSIONS)) {
                found.add(new Problem(
                        root.at().child("Transform"), "the transform %s is not run locally".formatted(transform)));
            }
        }
    }

    /** Returns the names of the transforms; one with parameters is a map. */
    private static List<String> transforms(Properties root) {
        TemplateNode declared = root.node("Transform").orElse(null);
        if (declared == null) {
            return List.of();
        }
        List<TemplateNode> each =
                declared instanceof TemplateNode.Sequence sequence ? sequence.items() : List.of(declared);
        return each.stream()
                .map(node -> node instanceof TemplateNode.Mapping mapping
                        ? new Properties(mapping).requiredText("Name")
                        : Properties.text(node))
                .toList();
    }
}
