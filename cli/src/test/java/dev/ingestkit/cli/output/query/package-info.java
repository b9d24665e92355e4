@NullMarked
package dev.ingestkit.cli.output.query;

import org.jspecify.annotations.NullMarked;
