@NullMarked
package dev.ingestkit.cli.training;

import org.jspecify.annotations.NullMarked;
