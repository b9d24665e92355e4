package dev.ingestkit.handlers.authorizer;

/** Writes JSON strings. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Returns the text in quotes, escaped as JSON requires. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ' || Character.isSurrogate(character)) {
                escape(json, character);
            } else {
                json.append(character);
            }
        }
        return json.append('"').toString();
    }

    private static void escape(StringBuilder json, char character) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt((character >> shift) & 0xF));
        }
    }
}
