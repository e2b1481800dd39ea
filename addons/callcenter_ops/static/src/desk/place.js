const bare = (text) => text.toLowerCase().replace(/^(г\.|город)\s*/, "").trim();

/** City and region as one reads them: a city that is its own region stands once. */
export function placeOf(city, region) {
    const isSame = city && region && bare(city) === bare(region);
    return [city, !isSame && region].filter(Boolean).join(", ");
}
