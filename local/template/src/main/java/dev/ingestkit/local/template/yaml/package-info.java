/**
 * YAML 1.1 and JSON text to nodes, as CloudFormation reads them, bounded against hostile input: {@link
 * dev.ingestkit.local.template.yaml.YamlSource}. No other package knows the YAML library. One instance reads one text
 * on one thread.
 */
@NullMarked
package dev.ingestkit.local.template.yaml;

import org.jspecify.annotations.NullMarked;
