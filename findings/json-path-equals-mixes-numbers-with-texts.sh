#!/usr/bin/env bash
# com.jayway.jsonpath:json-path 2.10.0, the syntax that API Gateway's $input.path takes: in a filter, "==" finds the text "2"
# when asked for the number 2, and the numbers 2 and 2.0 when asked for the text. "===" tells them apart. The texts "2.0" and
# "02" are not found either way, and true does not find "true".
# Needs a JDK 17 and Maven.
set -euo pipefail
version=2.10.0
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.jayway.jsonpath</groupId><artifactId>json-path</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import com.jayway.jsonpath.JsonPath;

public class Finding {
    public static void main(String[] arguments) {
        String json = "[{\"k\":2},{\"k\":2.0},{\"k\":\"2\"},{\"k\":\"2.0\"},{\"k\":\"02\"},{\"k\":true},{\"k\":\"true\"}]";
        for (String filter : new String[] {"@.k==2", "@.k=='2'", "@.k===2", "@.k==='2'", "@.k==true", "@.k===true"}) {
            System.out.println(filter + " -> " + JsonPath.read(json, "$[?(" + filter + ")].k"));
        }
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'json-path %s\n%s\n' "$version" "$output"
diff <(printf '%s\n' "$output") - <<'SEEN'
@.k==2 -> [2,2.0,"2"]
@.k=='2' -> [2,2.0,"2"]
@.k===2 -> [2,2.0]
@.k==='2' -> ["2"]
@.k==true -> [true]
@.k===true -> [true]
SEEN
