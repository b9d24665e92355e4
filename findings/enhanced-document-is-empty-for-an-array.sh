#!/usr/bin/env bash
# software.amazon.awssdk:dynamodb-enhanced 2.59.1: EnhancedDocument.fromJson makes a document without attributes from a JSON
# array or a number, and of JSON lines it keeps the first. No error is raised, so a function that stores the events of a
# stream by it writes items without the payload, or a part of it. The same array under a name (putJson) is kept.
# Needs a JDK 17 and Maven. Nothing is sent.
set -euo pipefail
version=2.59.1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.awssdk</groupId><artifactId>dynamodb-enhanced</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import static software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider.defaultProvider;

import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;

public class Finding {
    public static void main(String[] arguments) {
        print("an object", "{\"order\":4711}");
        print("an array", "[{\"order\":4711},{\"order\":4712}]");
        print("a number", "4711");
        print("two lines", "{\"order\":4711}\n{\"order\":4712}");
        EnhancedDocument named = EnhancedDocument.builder()
                .attributeConverterProviders(defaultProvider())
                .putJson("orders", "[{\"order\":4711},{\"order\":4712}]")
                .build();
        System.out.println("the array under a name: " + named.toJson());
    }

    private static void print(String what, String json) {
        System.out.println(what + ": " + EnhancedDocument.fromJson(json).toJson());
    }
}
JAVA
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null)
output=$(java -cp "$(cat "$place/classpath")" "$place/Finding.java" 2>/dev/null)
printf 'dynamodb-enhanced %s\n%s\n' "$version" "$output"
diff - <(printf '%s\n' "$output") <<'EXPECTED'
an object: {"order":4711}
an array: {}
a number: {}
two lines: {"order":4711}
the array under a name: {"orders":[{"order":4711},{"order":4712}]}
EXPECTED
