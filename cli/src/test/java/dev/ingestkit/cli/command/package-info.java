@NullMarked
package dev.ingestkit.cli.command;

import org.jspecify.annotations.NullMarked;
