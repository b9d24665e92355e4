package dev.ingestkit.contract;

import java.util.Optional;
import java.util.function.Supplier;

/** Guards a real account: tests that write into one run only against the account that the user named. */
final class ConfirmedAccount {

    private ConfirmedAccount() {}

    /**
     * @param named the value of {@code -Daws.account}
     * @param actual looks up the account of the credentials; not called when no account was named
     * @throws IllegalStateException when no account was named, or another one
     */
    static void require(Optional<String> named, Supplier<String> actual) {
        String confirmed = named.filter(account -> !account.isBlank())
                .orElseThrow(() -> new IllegalStateException(
                        "these tests write into a real account: name it by -Daws.account=123456789012"));
        if (!confirmed.matches("\\d{12}")) {
            throw new IllegalStateException(
                    "'%s' is not a valid account for -Daws.account: use 12 digits".formatted(confirmed));
        }
        String account = actual.get();
        if (!account.equals(confirmed)) {
            throw new IllegalStateException(
                    "the credentials are for account %s, but -Daws.account names %s".formatted(account, confirmed));
        }
    }
}
