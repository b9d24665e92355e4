package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.AwsInput;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes passwords by the rules of GetRandomPassword, which GenerateSecretString in a template shares.
 *
 * @param length 1 to 4,096
 * @param types the character types to choose from, none of them empty
 * @param requireEachType whether each type must occur at least once
 */
record RandomPassword(int length, List<String> types, boolean requireEachType) {

    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String NUMBERS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final int DEFAULT_LENGTH = 32;

    RandomPassword {
        types = List.copyOf(types);
    }

    /**
     * Reads the options.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameterException when no character is left, or more
     *     types are required than the length has room for
     */
    static RandomPassword of(JsonNode options) {
        AwsInput input = new AwsInput(options);
        String excluded = input.string("ExcludeCharacters").orElse("");
        List<String> types = new ArrayList<>();
        addType(types, LOWERCASE, excluded, SecretInput.flag(options, "ExcludeLowercase", false));
        addType(types, UPPERCASE, excluded, SecretInput.flag(options, "ExcludeUppercase", false));
        addType(types, NUMBERS, excluded, SecretInput.flag(options, "ExcludeNumbers", false));
        addType(types, PUNCTUATION, excluded, SecretInput.flag(options, "ExcludePunctuation", false));
        addType(types, " ", excluded, !SecretInput.flag(options, "IncludeSpace", false));
        int length = SecretInput.number(input, "PasswordLength", 1, 4096, DEFAULT_LENGTH);
        boolean each = SecretInput.flag(options, "RequireEachIncludedType", true);
        if (types.isEmpty()) {
            throw SecretErrors.invalidParameter("The exclusions leave no character to make a password of.");
        }
        if (each && length < types.size()) {
            throw SecretErrors.invalidParameter(
                    "A password of length %d has no room for one character of each of %d required types."
                            .formatted(length, types.size()));
        }
        return new RandomPassword(length, types, each);
    }

    private static void addType(List<String> types, String characters, String excluded, boolean off) {
        if (off) {
            return;
        }
        StringBuilder left = new StringBuilder();
        characters.chars().filter(each -> excluded.indexOf(each) < 0).forEach(each -> left.append((char) each));
        if (!left.isEmpty()) {
            types.add(left.toString());
        }
    }

    /** Draws one password. Use a source that cannot be predicted. */
    String draw(RandomGenerator random) {
        String all = String.join("", types);
        char[] password = new char[length];
        for (int index = 0; index < length; index++) {
            String from = requireEachType && index < types.size() ? types.get(index) : all;
            password[index] = from.charAt(random.nextInt(from.length()));
        }
        shuffle(password, random);
        return new String(password);
    }

    /** The characters of the required types were drawn first; nobody may tell them by their place. */
    private static void shuffle(char[] characters, RandomGenerator random) {
        for (int index = characters.length - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            char swapped = characters[index];
            characters[index] = characters[other];
            characters[other] = swapped;
        }
    }
}
