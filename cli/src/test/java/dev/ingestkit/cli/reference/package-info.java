@NullMarked
package dev.ingestkit.cli.reference;

import org.jspecify.annotations.NullMarked;
