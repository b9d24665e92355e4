/** Parts shared by the commands of the rooms below: waiting, interruption, journal lines. */
@NullMarked
package dev.ingestkit.cli.command;

import org.jspecify.annotations.NullMarked;
