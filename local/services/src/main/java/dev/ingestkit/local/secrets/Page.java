package dev.ingestkit.local.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items the page's elements
 * @param next the token of the next page; empty at the end
 */
record Page<T>(List<T> items, Optional<String> next) {

    Page {
        items = List.copyOf(items);
    }

    /**
     * Returns the page at a token.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidNextTokenException for an unknown token
     */
    static <T> Page<T> of(List<T> all, int limit, Optional<String> token) {
        int from = Math.min(token.map(Page::position).orElse(0), all.size());
        int to = Math.min(from + limit, all.size());
        Optional<String> next = to < all.size() ? Optional.of(token(to)) : Optional.empty();
        return new Page<>(all.subList(from, to), next);
    }

    private static String token(int position) {
        return Base64.getUrlEncoder().encodeToString(("position:" + position).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.matches("position:[0-9]{1,9}")) {
                return Integer.parseInt(text.substring("position:".length()));
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid(token);
        }
        throw invalid(token);
    }

    private static RuntimeException invalid(String token) {
        return dev.ingestkit.local.protocol.ServiceException.badRequest(
                "InvalidNextTokenException", "The NextToken value is invalid: " + token);
    }
}
