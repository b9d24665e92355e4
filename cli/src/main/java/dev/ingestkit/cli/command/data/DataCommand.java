package dev.ingestkit.cli.command.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.StoreCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks, compacts and exports the data directory of a runtime that is stopped. */
@Command(
        name = "data",
        description = "Checks, compacts and exports the data directory of up --data.",
        mixinStandardHelpOptions = true,
        subcommands = {DataCommand.Check.class, DataCommand.Compact.class, DataCommand.Export.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli data check ./data",
            "  ingest-cli data compact ./data",
            "  ingest-cli data export ./data > data.ndjson"
        })
public final class DataCommand extends CommandGroup {

    static final String UNUSABLE = "1:the directory is in use, damaged, or of another version";

    /** Verifies every file and lists the maps of the directory. */
    @Command(
            name = "check",
            description = "Verifies every file of a data directory and lists its maps; changes nothing.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = DataCommand.UNUSABLE,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli data check ./data")
    public static final class Check implements Runnable {
        private final CliContext context;

        @Parameters(paramLabel = "DIR", description = "The data directory.")
        @SuppressWarnings("NullAway.Init") // picocli requires it
        Path directory;

        public Check(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            StoreCheck.Result result = DataDirectories.run(
                    context.environment().workingDirectory().resolve(directory),
                    path -> StoreCheck.check(path, (map, key, value) -> {}));
            try (Output.Records records = context.output()
                    .list(List.of(
                            Column.of("MAP", "name"), Column.of("ENTRIES", "entries"), Column.of("BYTES", "bytes")))) {
                result.maps().forEach(records::add);
            }
            if (result.cutOffBytes() > 0) {
                context.output()
                        .note(
                                "the last batch was cut off by a crash (%d bytes) and will be dropped: it was not acknowledged"
                                        .formatted(result.cutOffBytes()));
            }
            context.output().note("no damage found in '%s', %d bytes on disk".formatted(directory, result.bytes()));
        }
    }

    /** Rewrites the files so that they hold the live data only. */
    @Command(
            name = "compact",
            description = "Rewrites a data directory so that it holds little more than the live data.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = DataCommand.UNUSABLE,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli data compact ./data")
    public static final class Compact implements Runnable {
        private final CliContext context;

        @Parameters(paramLabel = "DIR", description = "The data directory.")
        @SuppressWarnings("NullAway.Init") // picocli requires it
        Path directory;

        public Compact(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        /** Sizes of a directory; the components are the JSON form. */
        record Sizes(long bytesBefore, long bytesAfter) {}

        @Override
        public void run() {
            Path path = context.environment().workingDirectory().resolve(directory);
            context.output().one(DataDirectories.run(path, Compact::compact));
        }

        private static Sizes compact(Path path) throws IOException {
            long before = StoreCheck.check(path, (map, key, value) -> {}).bytes();
            try (DurableStore store = DurableStore.open(path)) {
                store.compact();
            }
            return new Sizes(
                    before, StoreCheck.check(path, (map, key, value) -> {}).bytes());
        }
    }

    /** Prints every entry. */
    @Command(
            name = "export",
            description = {
                "Prints every entry of a data directory as NDJSON: map, key and value.",
                "Bytes that are not UTF-8 text are printed in base64, as keyBase64 and valueBase64. The output contains"
                        + " secrets in clear text."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = DataCommand.UNUSABLE,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli data export ./data > data.ndjson")
    public static final class Export implements Runnable {
        private final CliContext context;

        @Parameters(paramLabel = "DIR", description = "The data directory.")
        @SuppressWarnings("NullAway.Init") // picocli requires it
        Path directory;

        public Export(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            Path path = context.environment().workingDirectory().resolve(directory);
            DataDirectories.run(path, checked -> StoreCheck.check(checked, this::print));
        }

        private void print(String map, byte[] key, byte[] value) {
            var node = Output.json(Map.of("map", map));
            var line = (ObjectNode) node;
            put(line, "key", key);
            put(line, "value", value);
            context.output().text(line + "\n");
        }

        private static void put(ObjectNode line, String member, byte[] bytes) {
            try {
                line.put(
                        member,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            } catch (CharacterCodingException binary) {
                line.put(member + "Base64", Base64.getEncoder().encodeToString(bytes));
            }
        }
    }
}
