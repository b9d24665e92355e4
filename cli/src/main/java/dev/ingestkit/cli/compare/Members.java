package dev.ingestkit.cli.compare;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The members of an answer by path, without names, ids and times, which differ for any two resources. */
final class Members {

    private static final Set<String> OWN = Set.of(
            "StreamName",
            "FunctionName",
            "Role",
            "Version",
            "CodeSha256",
            "RevisionId",
            "UUID",
            "Name",
            "VersionId",
            "State",
            "LastProcessingResult",
            "StateTransitionReason",
            "LastUpdateStatus",
            "CodeSize",
            "MasterArn",
            "StreamId",
            "TableId",
            "TableName",
            "QueueUrl");

    private Members() {}

    /** Returns the members that are set, by their paths. */
    static Map<String, String> of(SdkPojo answer) {
        Map<String, String> members = new TreeMap<>();
        collect("", answer, members);
        return members;
    }

    /** Returns the members in one line. */
    static String line(SdkPojo answer) {
        return String.join(
                ", ",
                of(answer).entrySet().stream()
                        .map(member -> member.getKey() + "=" + member.getValue())
                        .toList());
    }

    private static void collect(String prefix, SdkPojo pojo, Map<String, String> members) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            String name = field.locationName();
            if (!OWN.contains(name) && !name.endsWith("Arn") && !name.endsWith("ARN")) {
                put(prefix + name, value, members);
            }
        }
    }

    private static void put(String path, @Nullable Object value, Map<String, String> members) {
        boolean missing = value == null
                || value instanceof SdkAutoConstructList<?>
                || value instanceof SdkAutoConstructMap<?, ?>
                || value instanceof Instant
                || value instanceof SdkBytes;
        if (missing) {
            return;
        }
        if (value instanceof SdkPojo pojo) {
            collect(path + ".", pojo, members);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> put(path + "." + key, element, members));
        } else if (value instanceof Collection<?> list) {
            int index = 0;
            for (Object element : list) {
                put(path + "[" + index++ + "]", element, members);
            }
        } else {
            members.put(path, String.valueOf(value));
        }
    }
}
