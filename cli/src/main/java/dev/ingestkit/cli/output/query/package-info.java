/** JMESPath over JSON trees, with the results that {@code aws --query} gives. */
@NullMarked
package dev.ingestkit.cli.output.query;

import org.jspecify.annotations.NullMarked;
