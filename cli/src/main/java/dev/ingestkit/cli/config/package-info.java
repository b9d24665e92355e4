/** Settings of the tool: their keys, the files that set them, and the precedence of the sources. */
@NullMarked
package dev.ingestkit.cli.config;

import org.jspecify.annotations.NullMarked;
