package dev.ingestkit.local.store;

/**
 * State that its owner keeps itself instead of in a store's maps, because it would be in memory twice there. Views
 * contain it as if it were in maps.
 */
@FunctionalInterface
public interface OutsideEntries {

    /**
     * Returns a view of the state now. Called while no change is in progress and all writers wait, so the method must
     * be brief and must not take a lock that a writer holds while it changes the store.
     */
    StoreView freeze();
}
