package dev.ingestkit.cli.send;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Names for generated events, in several scripts, so that code that breaks on non-ASCII text breaks early. */
final class Words {

    static final List<String> CITIES = List.of(
            "Zürich", "São Paulo", "東京", "Reykjavík", "Kraków", "Nairobi", "Lisboa", "Chicago", "Αθήνα", "Montréal");

    private static final List<String> FIRST = List.of(
            "Ada", "Zoë", "Łukasz", "Amara", "Jürgen", "Mei", "Noor", "Øystein", "Inés", "Tom", "Yuki", "Grace");
    private static final List<String> LAST = List.of(
            "Müller",
            "Okafor",
            "Nowak",
            "Hopper",
            "Sørensen",
            "Tanaka",
            "García",
            "O'Neill",
            "Lind",
            "Haddad",
            "Dubois",
            "Kim");

    private Words() {}

    /** A person's name and email address. */
    record Person(String name, String email) {}

    static <T> T one(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    static Person person(RandomGenerator random) {
        String first = one(FIRST, random);
        String last = one(LAST, random);
        String mailbox = (first + "." + last).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
        return new Person(first + " " + last, mailbox + random.nextInt(100) + "@example.com");
    }
}
