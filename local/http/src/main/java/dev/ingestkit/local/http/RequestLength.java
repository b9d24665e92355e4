package dev.ingestkit.local.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.OptionalLong;

/** Reads the length that a request announces for its body. */
final class RequestLength {

    private RequestLength() {}

    /** Returns the announced length, or -1 if there is none. */
    static long of(HttpRequest wire) throws RequestHead.RejectedException {
        List<String> codings = wire.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new RequestHead.RejectedException(501, "the only Transfer-Encoding supported is chunked");
        }
        List<String> lengths = wire.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.isEmpty()) {
            return -1;
        }
        return parse(lengths);
    }

    /** @throws RequestHead.RejectedException if a length exceeds the limit */
    static void requireAtMost(int limit, long length) throws RequestHead.RejectedException {
        if (length > limit) {
            throw tooLong(limit);
        }
    }

    /** Returns the rejection of a body that exceeds the limit. */
    static RequestHead.RejectedException tooLong(int limit) {
        return new RequestHead.RejectedException(
                413, "the request body exceeds the limit of %d bytes".formatted(limit));
    }

    private static long parse(List<String> lengths) throws RequestHead.RejectedException {
        OptionalLong length = number(lengths.get(0));
        if (lengths.size() != 1 || length.isEmpty()) {
            throw new RequestHead.RejectedException(400, "Content-Length must be one number");
        }
        return length.getAsLong();
    }

    /** Returns the length that a value of Content-Length gives; empty if it is not a number of at most 18 digits. */
    static OptionalLong number(String text) {
        boolean number = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
