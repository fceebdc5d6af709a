"""The rules that come with press: what WordPress, Ghost and Substack call furniture."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from press.model.house_rules import ANYTHING
from press.model.story import Furniture

_RULES: Final = {
    Furniture.CALL: """
        .cta .cta-* .call-to-action* .wp-block-jetpack-subscriptions* .jetpack-subscription*
        .jetpack_subscription* .newsletter-signup* .newsletter-form* .newsletter-cta*
        .newsletter-widget* .newsletter-box* .signup-form* .subscribe-cta* .subscribe-box*
        .subscribe-widget* .subscription-widget* .subscription-form* .subscribe-form*
        .mc4wp-form* .mailpoet_form* .tnp-* .wp-block-newspack-newsletters-subscribe*
        .wp-block-newspack-blocks-donate* .wp-block-jetpack-donations* .give-form*
        .wp-block-jetpack-recurring-payments* .kg-signup-card* .kg-cta-card* .gh-subscribe*
        .gh-cta* .gh-post-upgrade-cta* .paywall-cta* .donation-form* .donate-box*
        wp:jetpack/subscriptions wp:jetpack/donations wp:jetpack/recurring-payments
        wp:mailpoet/* wp:newspack-newsletters/subscribe wp:newspack-blocks/donate
        wp:mailchimp/* wp:give/*
    """,
    Furniture.RELATED: """
        .related .related-posts* .related-articles* .related-stories* .related-content*
        .jp-relatedposts* .yarpp* .wp-block-jetpack-related-posts* .crp_related* .read-more-box*
        .read-also* .see-also-box* .recommended-posts* .recommended-articles* .most-read*
        .post-navigation* .nav-links .read-next* .wp-block-newspack-blocks-homepage-articles*
        .wp-block-latest-posts* wp:jetpack/related-posts wp:latest-posts wp:query
        wp:newspack-blocks/homepage-articles wp:post-navigation-link
    """,
    Furniture.ADVERTISEMENT: """
        .ad-slot* .ad-unit* .ad-container* .ad-wrapper* .ad-banner* .advert .advert-*
        .advertisement* .adsbygoogle* .google-auto-placed* .dfp-ad* .sponsored-content*
        .wp-block-newspack-ads* #div-gpt-ad* .gpt-ad* .ai-viewport* .adthrive* .mv-ad-box*
        wp:newspack-ads/* wp:advanced-ads/*
    """,
    Furniture.PROMOTION: """
        .promo .promo-* .promotion .promo-box* .kg-product-card* .wp-block-woocommerce*
        .product-promo* .book-promo* .event-promo* .podcast-promo*
    """,
    Furniture.BIOGRAPHY: """
        .author-bio* .author-box* .author-description .about-author* .abh_box*
        .wp-block-post-author-biography* .contributor-bio* .pp-author-boxes* .saboxplugin*
        .gh-author-bio* wp:post-author-biography
    """,
    Furniture.CORRECTION: """
        .correction .corrections .correction-note* .correction-module* .correction-notice*
        .article-correction* .newspack-correction* wp:newspack/corrections
        wp:newspack/correction-box
    """,
    Furniture.PAGE: """
        .sharedaddy* .share-buttons* .share-links* .social-share* .sharing-buttons* .sd-sharing*
        .jp-sharing* .wp-block-social-links* .wp-block-outermost-social-sharing* .addtoany*
        .a2a_kit* .heateor* .shareaholic* .essb_links* .post-share* .button-wrapper-share
        .cookie-notice* .cookie-banner* .cookie-consent* .cky-consent* #cookie* .gdpr-banner*
        .comments-area* .comment-respond* .comment-list* #comments #respond #disqus_thread
        .wp-block-comments* .site-footer* .site-header* .breadcrumb* .breadcrumbs*
        .rank-math-breadcrumb* .wp-block-navigation* .jp-like* .likes-master .post-footer-likes
        .skip-link* .pagination <nav> wp:social-links wp:navigation wp:comments wp:archives
        wp:tag-cloud wp:search wp:loginout
    """,
}
_WHOLE: Final = {
    mark: kind
    for kind, marks in _RULES.items()
    for mark in marks.split()
    if not mark.endswith(ANYTHING)
}
_BEGINNINGS: Final = tuple(
    (mark[:-1], kind)
    for kind, marks in _RULES.items()
    for mark in marks.split()
    if mark.endswith(ANYTHING)
)


@lru_cache(maxsize=8192)
def usual_kind(mark: str) -> Furniture | None:
    """Return what a mark tells of a piece; None for nothing that press knows."""
    if mark in _WHOLE:
        return _WHOLE[mark]
    return next((kind for start, kind in _BEGINNINGS if mark.startswith(start)), None)
