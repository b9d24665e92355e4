@NullMarked
package dev.ingestkit.cli.send;

import org.jspecify.annotations.NullMarked;
