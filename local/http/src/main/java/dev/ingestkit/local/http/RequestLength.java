package dev.ingestkit.local.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;

/** How long a request says its body is. */
final class RequestLength {

    private RequestLength() {}

    /**
     * The announced length, or -1.
     *
     * @param limit a longer body is refused before any of it is read
     */
    static long of(HttpRequest wire, int limit) throws RequestHead.Refused {
        List<String> codings = wire.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new RequestHead.Refused(501, "this server decodes no Transfer-Encoding but chunked");
        }
        List<String> lengths = wire.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.isEmpty()) {
            return -1;
        }
        long length = parse(lengths);
        if (length > limit) {
            throw tooLong(limit);
        }
        return length;
    }

    static RequestHead.Refused tooLong(int limit) {
        return new RequestHead.Refused(413, "the request's body is over the limit of %d bytes".formatted(limit));
    }

    private static long parse(List<String> lengths) throws RequestHead.Refused {
        String text = lengths.get(0);
        boolean number = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (lengths.size() != 1 || !number) {
            throw new RequestHead.Refused(400, "Content-Length must be one number");
        }
        return Long.parseLong(text);
    }
}
