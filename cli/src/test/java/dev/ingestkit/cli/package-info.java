@NullMarked
package dev.ingestkit.cli;

import org.jspecify.annotations.NullMarked;
