@NullMarked
package dev.ingestkit.cli.command.dlq;

import org.jspecify.annotations.NullMarked;
