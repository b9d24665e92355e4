#!/usr/bin/env bash
# com.amazonaws:aws-lambda-java-serialization 1.4.1, which reads a function's input for a handler with a class of its own:
# several values of a wrong type become another value without an error. A fraction for an int is cut, an empty text is 0, an
# unknown constant of an enum is null, a number picks a constant by position, and an empty list for the whole input is null.
# Tests that read their JSON with Jackson's defaults fail where the deployed function goes on.
# Needs a JDK 17 and Maven.
set -euo pipefail
version=1.4.1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.amazonaws</groupId><artifactId>aws-lambda-java-serialization</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

public class Finding {
    public enum Priority { LOW, HIGH }

    public static class Order {
        public int count = -1;
        public Priority priority = Priority.LOW;

        @Override
        public String toString() {
            return "count " + count + ", priority " + priority;
        }
    }

    public static void main(String[] arguments) {
        PojoSerializer<Order> serializer = JacksonFactory.getInstance().getSerializer(Order.class);
        for (String json : new String[] {
            "{\"count\":1.9}", "{\"count\":\"\"}", "{\"priority\":\"URGENT\"}", "{\"priority\":1}", "[]"
        }) {
            Object read;
            try {
                read = serializer.fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
            } catch (RuntimeException refused) {
                read = "refused: " + refused.getMessage();
            }
            System.out.println(json + " -> " + read);
        }
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'aws-lambda-java-serialization %s\n%s\n' "$version" "$output"
diff <(printf '%s\n' "$output") - <<'SEEN'
{"count":1.9} -> count 1, priority LOW
{"count":""} -> count 0, priority LOW
{"priority":"URGENT"} -> count -1, priority null
{"priority":1} -> count -1, priority HIGH
[] -> null
SEEN
