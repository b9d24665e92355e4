package dev.ingestkit.contract;

import java.util.Optional;
import java.util.function.Supplier;

/** The account that somebody has named: tests that write into a real one run against no other. */
final class ConfirmedAccount {

    private ConfirmedAccount() {}

    /**
     * @param named what was given by {@code -Daws.account}
     * @param actual asks whose the credentials are; not called when nothing was named
     * @throws IllegalStateException when none was named, or another
     */
    static void require(Optional<String> named, Supplier<String> actual) {
        String confirmed = named.filter(account -> !account.isBlank())
                .orElseThrow(() -> new IllegalStateException(
                        "these tests write into a real account: name it by -Daws.account=123456789012"));
        if (!confirmed.matches("\\d{12}")) {
            throw new IllegalStateException("-Daws.account=%s is no account: 12 digits".formatted(confirmed));
        }
        String account = actual.get();
        if (!account.equals(confirmed)) {
            throw new IllegalStateException(
                    "the credentials are for account %s, but -Daws.account names %s".formatted(account, confirmed));
        }
    }
}
