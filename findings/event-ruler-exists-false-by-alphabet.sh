#!/usr/bin/env bash
# software.amazon.event.ruler:event-ruler 2.1.0: members of one array element must match together, but a rule with
# "exists": false beside another member decides by the names of the members. With the names in one order the element without
# the member matches; with the names exchanged, another element that has the member prevents the match.
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
import software.amazon.event.ruler.Ruler;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        // The first element has the wanted member and lacks the other; the second element has the other.
        print("a is wanted, b is absent", "{\"list\":{\"a\":[\"A\"],\"b\":[{\"exists\":false}]}}", "{\"list\":[{\"a\":\"A\"},{\"b\":\"x\"}]}");
        print("b is wanted, a is absent", "{\"list\":{\"b\":[\"A\"],\"a\":[{\"exists\":false}]}}", "{\"list\":[{\"b\":\"A\"},{\"a\":\"x\"}]}");
    }

    static void print(String name, String rule, String event) throws Exception {
        System.out.println(name + ": " + Ruler.matchesRule(event, rule));
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding)
printf 'event-ruler %s, one element matches and another has the absent member:\n%s\n' "$version" "$output"
[ "$output" = "a is wanted, b is absent: true
b is wanted, a is absent: false" ]
