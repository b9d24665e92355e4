package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeldRequestsTest {

    private static final HttpRequest REQUEST =
            new HttpRequest("GET", "/", "", Map.<String, List<String>>of(), Map.of(), new byte[0], "127.0.0.1");
    private static final HttpResponse ANSWER = HttpResponse.text(200, "here");

    private final HeldRequests held = new HeldRequests();

    @Test
    void aRequestWaitsForTheHandlerThatAnswersIt() {
        CompletableFuture<HttpResponse> early = held.handle(REQUEST).toCompletableFuture();
        assertThat(early).isNotDone();

        held.release(request -> CompletableFuture.completedFuture(ANSWER));
        held.close();

        assertThat(early).isCompletedWithValue(ANSWER);
        assertThat(held.handle(REQUEST).toCompletableFuture()).isCompletedWithValue(ANSWER);
    }

    @Test
    void requestsThatAreNeverReleasedFail() {
        CompletableFuture<HttpResponse> early = held.handle(REQUEST).toCompletableFuture();

        held.close();

        assertThatThrownBy(early::join).hasMessageContaining("the change has failed: stop and start the runtime");
        assertThat(held.handle(REQUEST).toCompletableFuture()).isCompletedExceptionally();
    }
}
