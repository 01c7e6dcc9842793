"""What leads to everything else: front page, VoID, DCAT catalogue, shapes, context, licence, sitemap, robots.txt."""

__all__: list[str] = []
