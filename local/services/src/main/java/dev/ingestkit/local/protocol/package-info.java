/**
 * AWS's wire protocols (JSON 1.0 and 1.1, CBOR, query) over {@code http}.
 *
 * <p>{@link dev.ingestkit.local.protocol.ServiceRouter} finds the service of a request and the codec of its body, calls
 * the {@link dev.ingestkit.local.protocol.AwsService} with a {@link dev.ingestkit.local.protocol.ServiceRequest}, and
 * writes its {@link dev.ingestkit.local.protocol.ServiceResponse} or {@link
 * dev.ingestkit.local.protocol.ServiceException} in the same codec. Services read members with {@link
 * dev.ingestkit.local.protocol.AwsInput}. The package has no threads: calls run on the I/O thread that read the
 * request.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
@NullMarked
package dev.ingestkit.local.protocol;

import org.jspecify.annotations.NullMarked;
