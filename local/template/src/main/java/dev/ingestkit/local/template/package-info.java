/** The SAM template as a model: YAML with its short tags, parameters, conditions and intrinsic functions resolved, problems with file and line. */
@NullMarked
package dev.ingestkit.local.template;

import org.jspecify.annotations.NullMarked;
