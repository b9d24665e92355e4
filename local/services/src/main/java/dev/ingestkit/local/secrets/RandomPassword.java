package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.AwsInput;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates passwords by the rules of GetRandomPassword, which a template's GenerateSecretString shares.
 *
 * @param length 1 to 4,096
 * @param types the character types to choose from, none of them empty
 * @param requireEachType whether each type must occur at least once
 * @see <a
 *
 * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html">GetRandomPassword</a>
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
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameterException if no character remains, or more
     *     types are required than the length allows
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
            throw SecretErrors.invalidParameter("The exclusions leave no character for a password.");
        }
        if (each && length < types.size()) {
            throw SecretErrors.invalidParameter(
                    "A password of length %d has no room for one character of each of %d required types."
                            .formatted(length, types.size()));
        }
        return new RandomPassword(length, types, each);
    }

    private static void addType(List<String> types, String characters, String excluded, boolean omitted) {
        if (omitted) {
            return;
        }
        StringBuilder remaining = new StringBuilder();
        characters.chars().filter(each -> excluded.indexOf(each) < 0).forEach(each -> remaining.append((char) each));
        if (!remaining.isEmpty()) {
            types.add(remaining.toString());
        }
    }

    /** Draws one password. The source must be unpredictable. */
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

    /** Shuffles the characters, so that those of the required types, which are drawn first, have no fixed position. */
    private static void shuffle(char[] characters, RandomGenerator random) {
        for (int index = characters.length - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            char swapped = characters[index];
            characters[index] = characters[other];
            characters[other] = swapped;
        }
    }
}
