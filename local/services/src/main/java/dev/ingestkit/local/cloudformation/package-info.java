/**
 * CloudFormation and STS, as far as clients use them to find resources and their own identity.
 *
 * <p>{@link dev.ingestkit.local.cloudformation.CloudFormationService} shows the one stack of the runtime, a {@link
 * dev.ingestkit.local.cloudformation.StackDescription}; {@link dev.ingestkit.local.cloudformation.StsService} returns
 * the caller's identity and credentials. Both are thread-safe and have no threads.
 */
@NullMarked
package dev.ingestkit.local.cloudformation;

import org.jspecify.annotations.NullMarked;
