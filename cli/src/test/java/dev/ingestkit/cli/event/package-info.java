@NullMarked
package dev.ingestkit.cli.event;

import org.jspecify.annotations.NullMarked;
