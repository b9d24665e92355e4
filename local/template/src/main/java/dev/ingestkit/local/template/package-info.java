/**
 * The SAM or CloudFormation template. {@link dev.ingestkit.local.template.Template} reads a file and resolves it for
 * one runtime into a {@link dev.ingestkit.local.template.spec.Stack}; the readers beside it turn resolved resources
 * into the records of {@code spec}. Problems carry file, line and column. One thread reads and resolves; the results
 * are immutable.
 */
@NullMarked
package dev.ingestkit.local.template;

import org.jspecify.annotations.NullMarked;
