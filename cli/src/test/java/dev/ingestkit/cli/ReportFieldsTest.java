package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ingestkit.cli.bench.BenchResult;
import dev.ingestkit.cli.demo.DemoReport;
import dev.ingestkit.cli.send.SendSummary;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The field names of reports whose values differ each time: load test, demo and send. A difference is a change that
 * users notice. Run with -Dingest.update=true to write the file.
 */
final class ReportFieldsTest {

    private static final Path FILE =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("cli/src/test/golden/reports.txt");

    @Test
    void namesOfFieldsStay() throws IOException {
        StringBuilder names = new StringBuilder();
        for (Class<?> report : List.of(BenchResult.class, DemoReport.class, SendSummary.class)) {
            names.append(report.getSimpleName()).append('\n');
            append(report, "  ", names);
        }
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(FILE, names);
        }

        assertThat(names.toString()).isEqualTo(Files.readString(FILE));
    }

    private static void append(Class<?> record, String indent, StringBuilder names) {
        for (RecordComponent component : record.getRecordComponents()) {
            Class<?> kind = element(component.getGenericType());
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                append(kind, indent, names);
                continue;
            }
            names.append(indent).append(component.getName()).append('\n');
            if (kind.isRecord()) {
                append(kind, indent + "  ", names);
            }
        }
    }

    /** Returns the element type of a list, and any other type itself. */
    private static Class<?> element(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return element(list.getActualTypeArguments()[0]);
        }
        return type instanceof ParameterizedType other ? (Class<?>) other.getRawType() : (Class<?>) type;
    }
}
