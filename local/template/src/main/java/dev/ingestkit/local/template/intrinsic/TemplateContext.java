package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.RuntimeSupport;
import dev.ingestkit.local.template.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The context of a resolution, the same everywhere in a template: names, mappings, and the base directory of paths. Not
 * thread-safe.
 */
public final class TemplateContext {

    private static final int MAX_INCLUDES = 10;

    private final RuntimeNames names;
    private final TemplateNode.Mapping mappings;
    private final Path directory;
    private final boolean languageExtensions;
    private final Map<String, String> deployed;
    private final List<Problem> warnings;
    private final List<Path> including = new ArrayList<>();
    private Set<Path> files = new LinkedHashSet<>();
    private RuntimeSupport support = RuntimeSupport.JAVA;
    private @Nullable Assets assets;
    private Function<String, Optional<String>> exports = name -> Optional.empty();

    /**
     * Creates the context of one resolution.
     *
     * @param deployed physical ids by logical id, of resources that already exist
     * @param warnings receives the features of AWS that this runtime lacks
     */
    public TemplateContext(
            RuntimeNames names,
            TemplateNode.Mapping mappings,
            Path directory,
            boolean languageExtensions,
            Map<String, String> deployed,
            List<Problem> warnings) {
        this.names = names;
        this.mappings = mappings;
        this.directory = directory;
        this.languageExtensions = languageExtensions;
        this.deployed = Map.copyOf(deployed);
        this.warnings = warnings;
    }

    /** Adds a warning, once. */
    public void warn(Location at, String reason) {
        warn(new Problem(at, reason));
    }

    /** Adds a warning, once. */
    public void warn(Problem warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** Returns a context of the same template that keeps no warnings. */
    public TemplateContext withoutWarnings() {
        return new TemplateContext(names, mappings, directory, languageExtensions, deployed, new ArrayList<>())
                .nestedIn(this);
    }

    /** Sets which functions the machine runs, and returns this context. */
    public TemplateContext on(RuntimeSupport machine) {
        support = machine;
        return this;
    }

    /** Makes this context that of a template which another one nests: the machine is the same, and files add up. */
    public TemplateContext nestedIn(TemplateContext parent) {
        support = parent.support;
        files = parent.files;
        return this;
    }

    /** Notes that a file was read. */
    public TemplateContext reads(Path file) {
        files.add(file);
        return this;
    }

    /** Returns the files that were read, those of nested templates included. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** Returns which functions the machine runs. */
    public RuntimeSupport support() {
        return support;
    }

    /** Returns the warnings of this context, for one that adds to them. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** Sets the source of the values that other stacks of the runtime export, by the name of the export. */
    public void importFrom(Function<String, Optional<String>> others) {
        exports = others;
    }

    Optional<String> imported(String export) {
        return exports.apply(export);
    }

    /** Returns the files beside the template that the AWS CDK synthesized. */
    public Assets assets() {
        Assets known = assets;
        if (known == null) {
            known = Assets.in(directory);
            assets = known;
        }
        return known;
    }

    public RuntimeNames names() {
        return names;
    }

    /** Returns the directory that paths in the template start from. */
    public Path directory() {
        return directory;
    }

    /** Returns the value of {@code Ref} for a resource that already exists under a name of its own. */
    public Optional<String> deployed(String logicalId) {
        return Optional.ofNullable(deployed.get(logicalId));
    }

    Optional<TemplateNode> mapped(String map, String first, String second) {
        return Optional.ofNullable(mappings.get(map))
                .map(node -> Properties.of(node).node().get(first))
                .map(node -> Properties.of(node).node().get(second));
    }

    void requireLanguageExtensions(TemplateNode.Call call) {
        if (!languageExtensions) {
            throw TemplateException.at(
                    call.at(),
                    "%s in this form needs 'AWS::LanguageExtensions' in the template's Transform",
                    call.function());
        }
    }

    /**
     * Reads a file beside the template and applies {@code use} to it; a file cannot include itself, directly
     * or through others.
     */
    TemplateNode including(String location, Location at, UnaryOperator<TemplateNode> use) {
        Path file = path(location, at);
        if (including.contains(file) || including.size() >= MAX_INCLUDES) {
            throw TemplateException.at(at, "the included file %s includes itself or too many others", location);
        }
        including.add(file);
        try {
            return use.apply(document(location, at).root());
        } finally {
            including.remove(file);
        }
    }

    /** Reads a YAML or JSON file beside the template. */
    YamlSource.Document document(String location, Location at) {
        Path file = path(location, at);
        files.add(file);
        try {
            if (Files.size(file) > YamlSource.MAX_CHARACTERS) {
                throw TemplateException.at(
                        at, "the file %s is larger than %d bytes", location, YamlSource.MAX_CHARACTERS);
            }
            return YamlSource.read(location, Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw TemplateException.at(at, "the file %s does not exist: %s", location, file);
        } catch (IOException unreadable) {
            throw TemplateException.at(at, "the file %s cannot be read: %s", location, unreadable.toString());
        }
    }

    /** Returns a path in the template as a path on this machine. */
    public Path path(String location, Location at) {
        if (location.matches("[a-z0-9]+://.*")) {
            throw TemplateException.at(at, "%s is not reachable in a local run; give a local path", location);
        }
        try {
            return directory.resolve(location).normalize();
        } catch (InvalidPathException malformed) {
            throw TemplateException.at(at, "%s is not a path: %s", location, malformed.getReason());
        }
    }
}
