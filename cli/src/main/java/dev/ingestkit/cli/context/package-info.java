/** The outside world of one run of the tool, and its access to settings, output and target. */
@NullMarked
package dev.ingestkit.cli.context;

import org.jspecify.annotations.NullMarked;
