#!/usr/bin/env bash
# software.amazon.event.ruler:event-ruler 2.1.0: an integer that a double does not carry exactly counts as text. A numeric
# rule never matches it, whatever its bound, so "greater than 0" misses a time in nanoseconds; the same number written as the
# rule's value matches only in the same spelling, while 300, 300.0 and 3.0e2 are one number.
# Needs a JDK 17 and Maven.
set -euo pipefail
version=2.1.0
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.event.ruler</groupId><artifactId>event-ruler</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import software.amazon.event.ruler.Machine;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        String above = "{\"at\":[{\"numeric\":[\">\",0]}]}";
        print(above, "{\"at\":1764339424123}");
        print(above, "{\"at\":1764339424123456789}");
        print("{\"at\":[1764339424123456789]}", "{\"at\":1764339424123456789}");
        print("{\"at\":[1764339424123456789]}", "{\"at\":1764339424123456789.0}");
        print("{\"at\":[300]}", "{\"at\":3.0e2}");
    }

    static void print(String rule, String event) throws Exception {
        Machine machine = new Machine();
        machine.addRule("rule", rule);
        System.out.println(rule + " " + event + " -> " + !machine.rulesForJSONEvent(event).isEmpty());
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'event-ruler %s\n%s\n' "$version" "$output"
diff <(sed 's/.*-> //' <<<"$output") <(printf '%s\n' true false true false true)
