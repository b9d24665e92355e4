@NullMarked
package dev.ingestkit.cli.command.tool;

import org.jspecify.annotations.NullMarked;
