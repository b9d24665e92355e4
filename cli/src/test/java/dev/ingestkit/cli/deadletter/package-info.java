@NullMarked
package dev.ingestkit.cli.deadletter;

import org.jspecify.annotations.NullMarked;
