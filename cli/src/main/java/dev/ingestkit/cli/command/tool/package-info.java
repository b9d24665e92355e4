/** Commands about the tool and its machine: configuration, checks, help, load tests, cost plans. */
@NullMarked
package dev.ingestkit.cli.command.tool;

import org.jspecify.annotations.NullMarked;
