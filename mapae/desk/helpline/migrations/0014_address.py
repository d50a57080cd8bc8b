"""The key of the page of goods of complaints, by which the product check finds them however an address is written."""

from __future__ import annotations

from django.db import migrations, models

from mapae.desk.fields import AddressKey, address_key

_AT_ONCE = 2_000


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Keys of what is there already."""
    model = apps.get_model("helpline", "complaint")
    found = model.objects.exclude(listing_url="").only("pk", "listing_url").order_by("pk")
    last = 0
    while rows := list(found.filter(pk__gt=last)[:_AT_ONCE]):
        for row in rows:
            row.address = address_key(row.listing_url)
        model.objects.bulk_update(rows, ["address"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    """A column, its index, its values."""

    dependencies = [("helpline", "0013_forgotten")]

    operations = [
        migrations.AddField("complaint", "address", AddressKey(of="listing_url")),
        migrations.AddIndex(
            "complaint",
            models.Index(
                fields=["address"], name="complaint_address", condition=models.Q(address__isnull=False)
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
