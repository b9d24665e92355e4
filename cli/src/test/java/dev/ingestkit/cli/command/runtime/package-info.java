@NullMarked
package dev.ingestkit.cli.command.runtime;

import org.jspecify.annotations.NullMarked;
