/** What the tool is set to: keys, the files that set them, and which of several sources wins. */
@NullMarked
package dev.ingestkit.cli.config;

import org.jspecify.annotations.NullMarked;
