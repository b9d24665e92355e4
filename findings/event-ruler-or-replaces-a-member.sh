#!/usr/bin/env bash
# software.amazon.event.ruler:event-ruler 2.1.0: a member that stands beside "$or" and again in one of its alternatives is
# replaced there, not joined. The rule reads as "status is open, and (status is paid, or total is 0)", and an event whose
# status is paid alone matches it; with the same condition on a member of another name both have to hold.
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
        String replaced = "{\"status\":[\"open\"],\"$or\":[{\"status\":[\"paid\"]},{\"total\":[0]}]}";
        print(replaced, "{\"status\":\"paid\",\"total\":5}");
        print(replaced, "{\"status\":\"open\",\"total\":5}");
        print(replaced, "{\"status\":\"open\",\"total\":0}");
        String joined = "{\"status\":[\"open\"],\"$or\":[{\"payment\":[\"paid\"]},{\"total\":[0]}]}";
        print(joined, "{\"payment\":\"paid\",\"status\":\"new\",\"total\":5}");
        print(joined, "{\"payment\":\"paid\",\"status\":\"open\",\"total\":5}");
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
