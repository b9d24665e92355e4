@NullMarked
package dev.ingestkit.cli.doctor;

import org.jspecify.annotations.NullMarked;
