#!/usr/bin/env bash
# software.amazon.event.ruler:event-ruler 2.1.0: whether a rule matches an event depends on the rules added before it. Behind
# a rule with a wildcard on the same member, an equals-ignore-case rule for "order" also matches "border". Alone, or when it
# is added first, it does not. A differential test against this library therefore needs a machine of its own for each rule.
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
    static final String WILDCARD = "{\"type\":[{\"wildcard\":\"*created\"}]}";
    static final String ORDER = "{\"type\":[{\"equals-ignore-case\":\"order\"}]}";
    static final String EVENT = "{\"type\":\"border\"}";

    public static void main(String[] arguments) throws Exception {
        System.out.println("alone: " + matches("order", ORDER));
        System.out.println("added before the wildcard: " + matches("order", ORDER, "created", WILDCARD));
        System.out.println("added after the wildcard: " + matches("created", WILDCARD, "order", ORDER));
    }

    static boolean matches(String... namesAndRules) throws Exception {
        Machine machine = new Machine();
        for (int at = 0; at < namesAndRules.length; at += 2) {
            machine.addRule(namesAndRules[at], namesAndRules[at + 1]);
        }
        return machine.rulesForJSONEvent(EVENT).contains("order");
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding)
printf 'event-ruler %s: does the rule {"type":[{"equals-ignore-case":"order"}]} match {"type":"border"}?\n%s\n' "$version" "$output"
[ "$output" = "alone: false
added before the wildcard: false
added after the wildcard: true" ]
