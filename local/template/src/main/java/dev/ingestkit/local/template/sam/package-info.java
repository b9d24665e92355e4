/**
 * The transform {@code AWS::Serverless-2016-10-31}: {@link dev.ingestkit.local.template.sam.SamTransform} merges the
 * globals and expands serverless resources into plain ones. Used by one thread for one resolution.
 */
@NullMarked
package dev.ingestkit.local.template.sam;

import org.jspecify.annotations.NullMarked;
