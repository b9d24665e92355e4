@NullMarked
package dev.ingestkit.cli.tail;

import org.jspecify.annotations.NullMarked;
