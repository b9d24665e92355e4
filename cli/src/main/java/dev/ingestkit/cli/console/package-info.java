/** The console of a stack on LocalStack or AWS, served from this machine. */
@NullMarked
package dev.ingestkit.cli.console;

import org.jspecify.annotations.NullMarked;
