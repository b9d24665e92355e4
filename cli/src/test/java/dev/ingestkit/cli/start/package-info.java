@NullMarked
package dev.ingestkit.cli.start;

import org.jspecify.annotations.NullMarked;
